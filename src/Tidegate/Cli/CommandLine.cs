using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Tidegate.Cli;

/// <summary>From arguments to an exit code: parse, run the verb, explain what went wrong. Nothing but this writes errors.</summary>
internal sealed class CommandLine
{
    private readonly RootCommand _root = new("Tidegate: a gateway for HTTP, gRPC and WebSocket traffic that measures every call and decides from it.");
    private readonly ITerminal _terminal;
    private readonly HttpMessageHandler _network;
    private readonly TimeProvider _time;

    public CommandLine(ITerminal terminal, HttpMessageHandler network, TimeProvider time, IReadOnlyList<VerbGroup> groups)
    {
        _terminal = terminal;
        _network = network;
        _time = time;
        foreach (var verb in groups.SelectMany(group => group.Verbs))
        {
            _root.Subcommands.Add(verb);
            Connect(verb);
        }

        Help = new HelpText(groups);
        foreach (var option in _root.Options)
        {
            if (option is HelpOption) option.Action = new HelpVerbAction(Help, terminal);
            option.Description = option is HelpOption ? "Show this text" : "Show the version";
        }
    }

    /// <summary>All verbs under one root.</summary>
    public RootCommand Root => _root;

    /// <summary>Writes help.</summary>
    public HelpText Help { get; }

    /// <summary>How a command is called: <c>tidegate keys create</c>.</summary>
    public static string NameOf(SymbolResult command) => command switch
    {
        CommandResult { Command: RootCommand } => "tidegate",
        CommandResult { Parent: { } parent } sub => $"{NameOf(parent)} {sub.Command.Name}",
        _ => "tidegate",
    };

    /// <summary>Runs one command line; <paramref name="cancel"/> is Ctrl-C or SIGTERM.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        // An argument that begins with @ is a value (a user name, a path), not a file of more arguments.
        var parsed = _root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpVerbAction) return Explain(parsed);
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = _terminal.Out, Error = _terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancel);
        }
        catch (VerbFailure failure)
        {
            Error(failure.Message);
            foreach (var detail in failure.Details) _terminal.Error.WriteLine("  " + PlainText.Lines(detail, "    "));
            if (failure.Action is not null) _terminal.Error.WriteLine(PlainText.Lines(failure.Action, "  "));
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException pipe) when (pipe.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase))
        {
            // `tidegate calls | head`: the reader has seen enough.
            return ExitCode.Ok;
        }
        catch (Exception unexpected) when (_terminal.Variable("TIDEGATE_TRACE") is null)
        {
            Error($"Unexpected {unexpected.GetType().Name}: {unexpected.Message}");
            _terminal.Error.WriteLine("This is a mistake in tidegate. Set TIDEGATE_TRACE=1 to see where, and please report it.");
            return ExitCode.Failed;
        }
    }

    private void Connect(Command command)
    {
        foreach (var sub in command.Subcommands) Connect(sub);
        if (command is not Verb verb) return;
        verb.SetAction(async (parsed, cancel) =>
        {
            using var context = new VerbContext(parsed, _terminal, _network, _time, cancel);
            return await verb.RunAsync(context);
        });
    }

    private int Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        var name = NameOf(command);
        if (parsed.Tokens.Count == 0 || (command.Command is not Verb && parsed.UnmatchedTokens.Count == 0))
        {
            _terminal.Error.Write(Help.For(command.Command, name));
            return ExitCode.Usage;
        }

        // After a mistyped verb the parser complains about everything that follows: the verb is what matters.
        var mistyped = command.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (mistyped is not null) Error(mistyped.StartsWith('-') ? ParseMistakes.NoOption(mistyped) : $"There is no verb '{name} {mistyped}'.");
        else foreach (var mistake in ParseMistakes.Of(parsed)) Error(mistake);
        var known = command.Command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)
            .Concat(command.Command.Options.Select(option => option.Name));
        foreach (var typed in parsed.UnmatchedTokens.Take(command.Command.Subcommands.Count > 0 ? 1 : int.MaxValue))
        {
            if (Spelling.Closest(typed, known) is { } meant) _terminal.Error.WriteLine($"Did you mean '{meant}'?");
        }

        _terminal.Error.WriteLine($"'{name} --help' shows what is possible.");
        return ExitCode.Usage;
    }

    private void Error(string message) => _terminal.Error.WriteLine("error: " + PlainText.Lines(message, "  "));
}
