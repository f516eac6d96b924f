using Spectre.Console;

namespace Tidegate.Cli;

/// <summary>Makes drawing surfaces: colour only on a terminal that wants it (NO_COLOR, TERM=dumb), plain text for pipes.</summary>
internal static class Screens
{
    public static IAnsiConsole For(TextWriter writer, bool isTerminal, ITerminal terminal)
    {
        var dumb = terminal.Variable("TERM") is "dumb";
        var colour = isTerminal && !dumb && terminal.Variable("NO_COLOR") is null;
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal && !dumb ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        screen.Profile.Width = terminal.Width;
        screen.Profile.Capabilities.Unicode = true;
        return screen;
    }
}
