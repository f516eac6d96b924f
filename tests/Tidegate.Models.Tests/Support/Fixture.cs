using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tidegate.Models.Tests.Support;

/// <summary>Files below <c>Fixtures</c>: written by us after the vendors' public documentation.</summary>
internal static class Fixture
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Root, name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Root, name));

    public static JsonElement Json(string name) => JsonDocument.Parse(Bytes(name)).RootElement;

    /// <summary>Names of all files of a folder with an ending, for theories.</summary>
    public static TheoryData<string> Names(string folder, string ending)
    {
        var names = Directory.GetFiles(Path.Combine(Root, folder), "*" + ending).Select(f => Path.GetFileName(f)[..^ending.Length]).Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(names);
        return [.. names];
    }

    /// <summary>Compares with a file; with TIDEGATE_UPDATE_GOLDEN=1 writes it into the sources instead.</summary>
    public static void Same(string name, string actual, [CallerFilePath] string here = "")
    {
        if (Environment.GetEnvironmentVariable("TIDEGATE_UPDATE_GOLDEN") == "1")
        {
            var tests = here;
            while (!Directory.Exists(Path.Combine(tests, "Fixtures"))) tests = Path.GetDirectoryName(tests)!;
            File.WriteAllText(Path.Combine(tests, "Fixtures", name), actual);
            return;
        }

        Assert.Equal(Text(name), actual);
    }
}
