using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tidegate.Platform.Hosting;

namespace Tidegate.Cli;

/// <summary>What a verb works with: its arguments, the terminal, the admin API, and how to show an answer.</summary>
internal sealed class VerbContext : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };
    private readonly ParseResult _parsed;
    private readonly HttpMessageHandler _network;
    private AdminClient? _admin;

    public VerbContext(ParseResult parsed, ITerminal terminal, HttpMessageHandler network, TimeProvider time, CancellationToken cancel)
    {
        _parsed = parsed;
        _network = network;
        Terminal = terminal;
        Time = time;
        Cancel = cancel;
        Output = parsed.GetValue(CommonOptions.Output);
        Profiles = new ProfileFile(terminal);
        Screen = Screens.For(terminal.Out, terminal.OutIsTerminal, terminal);
        Progress = new Progress(Screens.For(terminal.Error, terminal.ErrorIsTerminal, terminal), terminal.ErrorIsTerminal, time);
    }

    /// <summary>Console and environment.</summary>
    public ITerminal Terminal { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Ctrl-C or SIGTERM.</summary>
    public CancellationToken Cancel { get; }

    /// <summary><c>--output</c>.</summary>
    public OutputFormat Output { get; }

    /// <summary>Standard output for drawing tables and charts.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>Shows that something longer is under way.</summary>
    public Progress Progress { get; }

    /// <summary>What <c>login</c> remembers.</summary>
    public ProfileFile Profiles { get; }

    /// <summary>The admin API at the address and with the token of flags, else environment, else profile.</summary>
    public AdminClient Admin => _admin ??= Connect();

    /// <summary>A client for another address or token than those of this command line.</summary>
    public AdminClient Connect(Uri address, string? token) => new(_network, address, token);

    /// <summary>Value of an option.</summary>
    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>Value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => _parsed.GetValue(argument);

    /// <summary>The option stands on the command line, rather than having its default.</summary>
    public bool IsGiven(Option option) => _parsed.GetResult(option) is { Implicit: false };

    /// <summary>Shows one answer: with <paramref name="draw"/> for people, as the API's own keys for programs.</summary>
    public void Show<T>(T answer, Action<IAnsiConsole, T> draw)
    {
        if (Output == OutputFormat.Table) draw(Screen, answer);
        else ShowData(answer);
    }

    /// <summary>Shows a list as a table.</summary>
    /// <param name="items">The rows.</param>
    /// <param name="whenEmpty">Said to people instead of an empty table: what that means, and how to get a first one.</param>
    /// <param name="columns">The columns, left to right.</param>
    public void ShowList<T>(IReadOnlyCollection<T> items, string whenEmpty, params IReadOnlyList<Column<T>> columns)
    {
        if (Output != OutputFormat.Table) ShowData(items);
        else if (items.Count == 0) Say(whenEmpty);
        else Screen.Write(Tables.Of(items, Terminal.OutIsTerminal ? Tables.Fitting(items, columns, Screen.Profile.Width) : columns));
    }

    /// <summary>Shows one object as name and value lines; values that are null or empty are left out.</summary>
    public void ShowObject<T>(T answer, params IReadOnlyList<(string Name, string? Value)> lines) => Show(answer, (screen, _) => screen.Write(Tables.Lines(lines)));

    /// <summary>A message for people, on standard error: hints and confirmations never mix with an answer.</summary>
    public void Say(string message) => Terminal.Error.WriteLine(PlainText.Lines(message, "    "));

    public void Dispose() => _admin?.Dispose();

    private void ShowData<T>(T answer)
    {
        var data = JsonSerializer.SerializeToNode(answer, ApiJson.Options);
        if (Output == OutputFormat.Json) Terminal.Out.WriteLine(data?.ToJsonString(Indented) ?? "null");
        else Terminal.Out.Write(YamlText.Of(data));
    }

    private AdminClient Connect()
    {
        var address = AdminAddress.Find(this, _parsed.GetValue(CommonOptions.Address));
        // A remembered token goes to the address it was made for and nowhere else.
        var token = _parsed.GetValue(CommonOptions.Token) ?? Terminal.Variable("TIDEGATE_TOKEN") ?? Profiles.Read().TokenFor(address);
        return Connect(address, token);
    }
}
