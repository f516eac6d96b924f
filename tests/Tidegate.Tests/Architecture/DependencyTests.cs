using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Architecture;

/// <summary>No package without a reason and a licence.</summary>
public sealed partial class DependencyTests
{
    [Fact]
    public void Packages_AreExactlyThoseOfTheDocument()
    {
        var pinned = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(element => element.Attribute("Include")!.Value).ToList();
        var written = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "dependencies.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(pinned);
        Assert.Equal(pinned.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Packages_HaveExactVersions()
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(element => element.Attribute("Version")!.Value).ToList();

        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Matches(@"^\d+\.\d+\.\d+(\.\d+)?(-[\w.]+)?$", version));
    }

    // Name, purpose, licence: all three filled.
    [GeneratedRegex(@"^\| ([A-Za-z][\w.]+\.[\w.]+|[A-Z]\w+) \| [^|]+ \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
