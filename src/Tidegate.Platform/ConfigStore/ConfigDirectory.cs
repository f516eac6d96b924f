using Tidegate.Core.Resources.Reading;

namespace Tidegate.Platform.ConfigStore;

/// <summary>The configuration texts of a directory (or of one file): <c>*.yaml</c>, <c>*.yml</c>, <c>*.json</c>, sub-directories too, in order of their names. Hidden ones are passed over.</summary>
public static class ConfigDirectory
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>The files, without reading them.</summary>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"There is no file or directory {path}.");
        return
        [
            .. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
                .Where(f => !Path.GetRelativePath(path, f).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The texts.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<SourceText> Read(string path) => [.. Files(path).Select(f => new SourceText(f, File.ReadAllText(f)))];
}
