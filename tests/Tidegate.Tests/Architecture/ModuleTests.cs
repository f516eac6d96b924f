namespace Tidegate.Tests.Architecture;

/// <summary>Modules use only what is listed above them in Modules.cs, and nobody looks into a module's sub-folders.</summary>
public sealed class ModuleTests
{
    private static readonly IReadOnlyList<string> Order = [.. Modules.All.Select(module => module.GetType().Namespace!)];

    [Fact]
    public void Modules_UseOnlyModulesListedAboveThem()
    {
        var examined = 0;
        var wrong = new List<string>();
        foreach (var use in Product.Uses)
        {
            if (IndexOf(use.From) is not { } from || IndexOf(use.To) is not { } to || from == to) continue;
            examined++;
            if (to > from) wrong.Add($"{use.From} uses {use.To}, which is listed below it");
        }

        Assert.Empty(wrong);
        Assert.True(examined > 0, "no use between modules was examined");
    }

    [Fact]
    public void ModuleFolders_AreListedInModules()
    {
        var folders = Product.Uses.Select(use => use.From).Where(type => Product.ModulePlanes.Any(type.IsIn))
            .Select(type => string.Join('.', type.Namespace.Split('.').Take(3))).Distinct().Where(folder => !IsShared(folder)).ToList();

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.Contains(folder, Order));
    }

    [Fact]
    public void SharedFace_UsesNoModule()
    {
        var shared = Product.Uses.Where(use => IsShared(use.From.Namespace)).ToList();

        Assert.NotEmpty(shared);
        Assert.DoesNotContain(shared, use => IndexOf(use.To) is not null);
    }

    [Fact]
    public void SubFolders_AreUsedOnlyByTheirOwnModule()
    {
        var examined = 0;
        var wrong = new List<string>();
        foreach (var use in Product.Uses)
        {
            if (Order.FirstOrDefault(module => use.To.Namespace.StartsWith(module + ".", StringComparison.Ordinal)) is not { } owner) continue;
            examined++;
            if (!use.From.IsIn(owner)) wrong.Add($"{use.From} uses {use.To}, which is private to {owner}");
        }

        Assert.Empty(wrong);
        Assert.True(examined > 0, "no use of a sub-folder was examined");
    }

    [Fact]
    public void SubFolders_HoldNoPublicTypes()
    {
        var examined = 0;
        foreach (var plane in Product.ModulePlanes)
        {
            using var assembly = Product.Open(plane);
            foreach (var type in assembly.PublicTypes().Where(type => type.IsIn("Tidegate")))
            {
                examined++;
                Assert.False(Order.Any(module => type.Namespace.StartsWith(module + ".", StringComparison.Ordinal)), $"{type} is public, but its folder is private to its module");
            }
        }

        Assert.True(examined > 0, "no public type was examined");
    }

    [Fact]
    public void Modules_HaveAWordOfTheirOwn()
    {
        Assert.NotEmpty(Modules.All);
        Assert.Equal(Modules.All.Count, Modules.All.Select(module => module.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Modules.All, module => Assert.Equal(module.GetType().Namespace!.Split('.')[^1], module.Name));
    }

    private static int? IndexOf(TypeName type)
    {
        for (var i = 0; i < Order.Count; i++)
        {
            if (type.IsIn(Order[i])) return i;
        }

        return null;
    }

    private static bool IsShared(string @namespace) => @namespace is "Tidegate.Platform" or "Tidegate.Insight" or "Tidegate.Operations" || @namespace.StartsWith("Tidegate.Platform.Hosting", StringComparison.Ordinal);
}
