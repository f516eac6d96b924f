using Tidegate.Tests.Support;

namespace Tidegate.Tests.Golden;

/// <summary>A text that changes only on purpose. TIDEGATE_UPDATE_GOLDEN=1 writes what is; the difference is reviewed like code.</summary>
internal static class GoldenFile
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Tidegate.Tests", "Golden");

    /// <summary>Compares with the file, or writes it.</summary>
    /// <param name="name">File below Golden/.</param>
    /// <param name="actual">Text with \n line ends.</param>
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("TIDEGATE_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected == actual) return;
        var was = expected.Split('\n');
        var now = actual.Split('\n');
        var difference = string.Join('\n', was.Except(now).Select(line => "- " + line).Concat(now.Except(was).Select(line => "+ " + line)));
        Assert.Fail($"Golden/{name} is different. On purpose? Run the tests with TIDEGATE_UPDATE_GOLDEN=1 and commit the file.\n{difference}");
    }

    /// <summary>Names of the files in a folder below Golden/.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.Exists(Path.Combine(Folder, folder)) ? Directory.GetFiles(Path.Combine(Folder, folder)).Select(file => Path.GetFileName(file)) : [];
}
