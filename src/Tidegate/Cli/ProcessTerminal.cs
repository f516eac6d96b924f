using System.Text;

namespace Tidegate.Cli;

/// <summary>The console of this process.</summary>
internal sealed class ProcessTerminal : ITerminal
{
    private const int WidthOfPipe = 1_000;

    public TextWriter Out => Console.Out;

    public TextWriter Error => Console.Error;

    public TextReader In => Console.In;

    public bool OutIsTerminal => !Console.IsOutputRedirected;

    public bool ErrorIsTerminal => !Console.IsErrorRedirected;

    public bool InIsTerminal => !Console.IsInputRedirected;

    // Some terminals (CI, serial lines) report no width at all.
    public int Width => OutIsTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : WidthOfPipe;

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public string ReadSecret(string prompt)
    {
        Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }

        Error.WriteLine();
        return typed.ToString();
    }
}
