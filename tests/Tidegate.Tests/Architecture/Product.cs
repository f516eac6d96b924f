namespace Tidegate.Tests.Architecture;

/// <summary>The product's assemblies as the rules see them.</summary>
internal static class Product
{
    /// <summary>Assembly by plane, and the planes it may use.</summary>
    public static IReadOnlyDictionary<string, string[]> Planes { get; } = new Dictionary<string, string[]>
    {
        ["Tidegate.Core"] = [],
        ["Tidegate.Models"] = ["Tidegate.Core"],
        ["Tidegate.Gateway"] = ["Tidegate.Core", "Tidegate.Models"],
        ["Tidegate.Platform"] = ["Tidegate.Core"],
        ["Tidegate.Insight"] = ["Tidegate.Core", "Tidegate.Platform"],
        ["Tidegate.Operations"] = ["Tidegate.Core", "Tidegate.Platform", "Tidegate.Insight"],
        ["tidegate"] = ["Tidegate.Core", "Tidegate.Models", "Tidegate.Gateway", "Tidegate.Platform", "Tidegate.Insight", "Tidegate.Operations"],
    };

    /// <summary>Planes whose folders are modules.</summary>
    public static string[] ModulePlanes { get; } = ["Tidegate.Platform", "Tidegate.Insight", "Tidegate.Operations"];

    /// <summary>Opens an assembly of the product.</summary>
    public static AssemblyReader Open(string plane) => new(Path.Combine(AppContext.BaseDirectory, plane + ".dll"));

    /// <summary>All uses between types of the product, in all assemblies. Generated code is left out: it has no place of its own.</summary>
    public static IReadOnlyList<TypeUse> Uses { get; } =
    [
        .. Planes.Keys.SelectMany(plane =>
        {
            using var assembly = Open(plane);
            return assembly.Uses();
        }).Where(use => use.From.IsIn("Tidegate") && use.To.IsIn("Tidegate")),
    ];
}
