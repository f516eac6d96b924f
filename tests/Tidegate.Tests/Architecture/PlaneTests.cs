using System.Xml.Linq;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Architecture;

/// <summary>Which plane may use which (design: Core is used by Gateway; Core by Platform by Insight; the executable knows all).</summary>
public sealed class PlaneTests
{
    [Fact]
    public void Assemblies_ReferenceOnlyPlanesBelowThem()
    {
        var examined = 0;
        foreach (var (plane, allowed) in Product.Planes)
        {
            using var assembly = Product.Open(plane);
            var ours = assembly.References.Where(name => name.StartsWith("Tidegate", StringComparison.OrdinalIgnoreCase)).ToList();
            examined += ours.Count;
            Assert.True(ours.All(allowed.Contains), $"{plane} references {string.Join(", ", ours.Except(allowed))}; allowed: {string.Join(", ", allowed)}.");
        }

        Assert.True(examined >= 4, $"only {examined} references examined");
    }

    [Fact]
    public void Projects_ReferenceOnlyPlanesBelowThem()
    {
        var examined = 0;
        foreach (var (plane, allowed) in Product.Planes)
        {
            var name = plane == "tidegate" ? "Tidegate" : plane;
            var project = XDocument.Load(Path.Combine(Repository.Root, "src", name, name + ".csproj"));
            foreach (var reference in project.Descendants("ProjectReference").Select(element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value)))
            {
                examined++;
                Assert.True(allowed.Contains(reference), $"{name}.csproj references {reference}; allowed: {string.Join(", ", allowed)}.");
            }
        }

        Assert.True(examined >= 4, $"only {examined} references examined");
    }

    [Fact]
    public void EveryProjectUnderSrc_IsAPlane()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).ToList();

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains(project, Product.Planes.Keys, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Core_UsesNeitherNetworkNorFilesNorTheWebFramework()
    {
        using var core = Product.Open("Tidegate.Core");
        string[] banned = ["Microsoft.AspNetCore", "System.Net.Http", "System.Net.Sockets", "System.Data.Common", "Microsoft.EntityFrameworkCore", "Npgsql", "DuckDB"];
        var references = core.References.ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.DoesNotContain(banned, name => reference.StartsWith(name, StringComparison.Ordinal)));
    }
}
