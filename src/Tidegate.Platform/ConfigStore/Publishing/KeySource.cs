using Microsoft.Extensions.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>Puts the issued keys into the configuration. Until they are known, those of the last good configuration hold.</summary>
internal sealed class KeySource(IIssuedKeys keys, ConfigPublisher publisher) : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Subscribed first: a change between the two lines is told twice rather than not at all.
        _subscription = keys.Subscribe(list => _ = PushAsync());
        return PushAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();

    // Whoever comes last pushes the newest list, whichever change woke them.
    private Task PushAsync()
    {
        lock (_gate) return keys.Current is { } known ? publisher.Take(known) : Task.CompletedTask;
    }
}
