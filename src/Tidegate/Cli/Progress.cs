using Spectre.Console;

namespace Tidegate.Cli;

/// <summary>Says what takes long, once it does: a spinner on standard error after a second, only where a person looks.</summary>
internal sealed class Progress(IAnsiConsole screen, bool isWatched, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="work"/>, showing <paramref name="what"/> (<c>Applying 12 files</c>) while it lasts.</summary>
    public async Task<T> WhileAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var running = work(cancel);
        if (isWatched && await Task.WhenAny(running, Task.Delay(Patience, time, cancel)) != running)
        {
            await screen.Status().Spinner(Spinner.Known.Line).StartAsync(Markup.Escape(PlainText.Of(what)), _ => running);
        }

        return await running;
    }
}
