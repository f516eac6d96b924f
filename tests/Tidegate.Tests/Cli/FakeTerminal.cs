using Tidegate.Cli;

namespace Tidegate.Tests.Cli;

/// <summary>A terminal in memory.</summary>
#pragma warning disable CA1001 // string writers hold nothing but memory
internal sealed class FakeTerminal : ITerminal
#pragma warning restore CA1001
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public TextWriter Out => _out;

    public TextWriter Error => _error;

    public TextReader In { get; set; } = TextReader.Null;

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InIsTerminal { get; init; }

    public int Width => Columns;

    public int Columns { get; init; } = 120;

    public string Secret { get; init; } = "";

    public Dictionary<string, string> Variables { get; } = new() { ["TIDEGATE_PROFILE"] = "/nonexistent/tidegate/profile.json" };

    public string Output => _out.ToString();

    public string Errors => _error.ToString();

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public string ReadSecret(string prompt) => Secret;
}
