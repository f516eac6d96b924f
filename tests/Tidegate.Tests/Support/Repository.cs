namespace Tidegate.Tests.Support;

/// <summary>The checkout the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The directory with Tidegate.slnx.</summary>
    public static string Root { get; } = Find();

    /// <summary>Source files below a directory of the checkout, without what the build made.</summary>
    public static IEnumerable<string> Sources(string directory) => Directory
        .EnumerateFiles(Path.Combine(Root, directory), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"));

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Tidegate.slnx")))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests do not run inside a checkout of Tidegate.");
        return directory;
    }
}
