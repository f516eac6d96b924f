using System.Text.RegularExpressions;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Architecture;

/// <summary>Where things live: namespace = folder, file = type.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] Files = [.. Repository.Sources("src").Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal))];

    [Fact]
    public void Namespace_IsThePathOfTheFile()
    {
        var examined = 0;
        foreach (var file in Files.Where(file => Path.GetFileName(file) is not ("Program.cs" or "GlobalUsings.cs" or "AssemblyInfo.cs")))
        {
            var expected = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            var actual = NamespaceLine().Match(File.ReadAllText(file)).Groups[1].Value;
            Assert.True(actual == expected, $"{Relative(file)}: namespace {actual}, but the folder says {expected}");
            examined++;
        }

        Assert.True(examined > 50, $"only {examined} files examined");
    }

    [Fact]
    public void File_HoldsOneTopLevelType_BesideItSmallRecordsOnly()
    {
        var examined = 0;
        foreach (var file in Files)
        {
            var types = TopLevelType().Matches(File.ReadAllText(file)).Select(match => (Kind: match.Groups["kind"].Value, Name: match.Groups["name"].Value)).ToList();
            if (types.Count == 0) continue;
            examined++;
            var owner = Path.GetFileNameWithoutExtension(file).Split('.')[0];
            // Generic twins are named ResourceOfT.cs beside Resource.cs.
            Assert.True(types[0].Name == owner || types[0].Name + "OfT" == owner, $"{Relative(file)} begins with {types[0].Name}");
            Assert.All(types.Skip(1), type => Assert.True(type.Kind.StartsWith("record", StringComparison.Ordinal), $"{Relative(file)} also holds {type.Kind} {type.Name}: give it a file of its own"));
        }

        Assert.True(examined > 50, $"only {examined} files examined");
    }

    [Fact]
    public void Folders_HaveNoNamesThatMeanNothing()
    {
        string[] banned = ["Common", "Helpers", "Utils", "Utilities", "Managers", "Misc", "Shared"];
        var folders = Files.Select(file => Path.GetDirectoryName(Relative(file))!).Distinct().ToList();

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.DoesNotContain(folder.Split(Path.DirectorySeparatorChar), banned.Contains));
    }

    [Fact]
    public void Sources_NameNoMachine()
    {
        // Paths and hosts of whoever wrote it have no place in a public repository.
        var examined = 0;
        foreach (var file in Files)
        {
            examined++;
            Assert.DoesNotMatch(MachinePath(), File.ReadAllText(file));
        }

        Assert.True(examined > 50, $"only {examined} files examined");
    }

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:public |internal |file |sealed |static |abstract |partial |readonly |ref |unsafe )*(?:(?<kind>class|record struct|record class|record|struct|interface|enum) (?<name>\w+)|(?<kind>delegate) [^(\n]*?(?<name>\w+)(?:<[^>(\n]*>)?(?=\())", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"/(?:home|work|Users)/\w+/")]
    private static partial Regex MachinePath();
}
