using System.Text.RegularExpressions;
using Tidegate.Cli;

namespace Tidegate.Demo;

/// <summary>
/// The documents of the demo with the addresses its sample service really has. They are written into the data directory, because the directory
/// they come from may be read-only and belongs to every demo on the machine.
/// </summary>
internal static partial class DemoDocuments
{
    /// <summary>Writes them, and returns the directory.</summary>
    /// <param name="dataDirectory">Data directory of the node; held by it.</param>
    /// <param name="addresses">Authority as written in demo/services.yaml, to the one in use.</param>
    public static string Write(string dataDirectory, IReadOnlyDictionary<string, string> addresses)
    {
        var directory = Directory(dataDirectory);
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            foreach (var source in System.IO.Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "demo"), "*.yaml"))
            {
                File.WriteAllText(Path.Combine(directory, Path.GetFileName(source)), With(addresses, File.ReadAllText(source)));
            }

            return directory;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.DataDirectory, $"Cannot write the documents of the demo into {directory}: {denied.Message.TrimEnd('.')}.") { Action = "Name another data directory with --data." };
        }
    }

    /// <summary>Where they are written.</summary>
    public static string Directory(string dataDirectory) => Path.Combine(dataDirectory, "demo");

    /// <summary>The text with every address replaced, in one pass: one that was put in is not looked at again.</summary>
    internal static string With(IReadOnlyDictionary<string, string> addresses, string text) =>
        Authority().Replace(text, found => addresses.GetValueOrDefault(found.Value, found.Value));

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Authority();
}
