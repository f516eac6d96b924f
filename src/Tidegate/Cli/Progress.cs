using Spectre.Console;

namespace Tidegate.Cli;

/// <summary>Says what takes long, once it does: a spinner on standard error after a second, only where a person looks.</summary>
internal sealed class Progress(IAnsiConsole screen, bool isWatched, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="work"/>, showing <paramref name="what"/> (<c>Applying 12 files</c>) while it lasts.</summary>
    public Task<T> WhileAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken cancel) => WhileAsync(what, work, static _ => { }, cancel);

    /// <summary>The same for work that says how far it is.</summary>
    public async Task<T> WhileAsync<T>(string what, Func<Action<string>, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        StatusContext? shown = null;
        return await WhileAsync(what, inner => work(text => Volatile.Read(ref shown)?.Status(Markup.Escape(PlainText.Of(text))), inner), context => Volatile.Write(ref shown, context), cancel);
    }

    private async Task<T> WhileAsync<T>(string what, Func<CancellationToken, Task<T>> work, Action<StatusContext> shows, CancellationToken cancel)
    {
        var running = work(cancel);
        if (isWatched && await Task.WhenAny(running, Task.Delay(Patience, time, cancel)) != running)
        {
            await screen.Status().Spinner(Spinner.Known.Line).StartAsync(Markup.Escape(PlainText.Of(what)), context =>
            {
                shows(context);
                return running;
            });
        }

        return await running;
    }
}
