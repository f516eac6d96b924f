using System.Text.RegularExpressions;
using Tidegate.Cli;

namespace Tidegate.Demo;

/// <summary>
/// The documents of the demo with the addresses its sample service really has. They are written into the data directory, because the directory
/// they come from may be read-only and belongs to every demo on the machine.
/// </summary>
internal static partial class DemoDocuments
{
    // As written in demo/models-ollama.yaml.
    private const string Ollama = "http://127.0.0.1:11434";

    /// <summary>Writes them, and returns the directory.</summary>
    /// <param name="dataDirectory">Data directory of the node; held by it.</param>
    /// <param name="addresses">Authority as written in the documents, to the one in use.</param>
    /// <param name="variable">Reads a variable of the environment: documents that need one which is not set are left out.</param>
    public static string Write(string dataDirectory, IReadOnlyDictionary<string, string> addresses, Func<string, string?> variable)
    {
        var directory = Directory(dataDirectory);
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            foreach (var source in System.IO.Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "demo"), "*.yaml"))
            {
                var text = File.ReadAllText(source);
                var copy = Path.Combine(directory, Path.GetFileName(source));
                if (Needs().Match(text) is { Success: true } needs && string.IsNullOrEmpty(variable(needs.Groups["variable"].Value))) File.Delete(copy);
                else File.WriteAllText(copy, With(addresses, text).Replace(Ollama, OllamaAt(variable("OLLAMA_HOST")), StringComparison.Ordinal));
            }

            return directory;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.DataDirectory, $"Cannot write the documents of the demo into {directory}: {denied.Message.TrimEnd('.')}.") { Action = "Name another data directory with --data." };
        }
    }

    /// <summary>Where the variable says Ollama is; it is written with and without scheme and port, and as the address a server listens on.</summary>
    internal static string OllamaAt(string? host)
    {
        if (string.IsNullOrWhiteSpace(host)) return Ollama;
        var text = host.Contains("://", StringComparison.Ordinal) ? host.Trim() : $"http://{host.Trim()}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) return Ollama;
        var port = address.IsDefaultPort && !text.EndsWith($":{address.Port}", StringComparison.Ordinal) && address.Scheme == Uri.UriSchemeHttp ? 11434 : address.Port;
        return $"{address.Scheme}://{(address.Host is "0.0.0.0" ? "127.0.0.1" : address.Host)}:{port}";
    }

    /// <summary>Where they are written.</summary>
    public static string Directory(string dataDirectory) => Path.Combine(dataDirectory, "demo");

    /// <summary>The text with every address replaced, in one pass: one that was put in is not looked at again.</summary>
    internal static string With(IReadOnlyDictionary<string, string> addresses, string text) =>
        Authority().Replace(text, found => addresses.GetValueOrDefault(found.Value, found.Value));

    [GeneratedRegex(@"\A# needs (?<variable>[A-Z_]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Needs();

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Authority();
}
