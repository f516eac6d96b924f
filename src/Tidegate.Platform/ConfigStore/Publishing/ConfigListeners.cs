using Tidegate.Core.Ports;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>Who is told of configurations. One that fails keeps neither the others from a change nor itself from the next one.</summary>
internal sealed partial class ConfigListeners(ILogger<ConfigListeners> logger)
{
    private readonly Lock _gate = new();
    private readonly List<Action<ActiveConfig>> _handlers = [];

    /// <summary>From now on, until it is disposed of.</summary>
    public IDisposable Add(Action<ActiveConfig> handler)
    {
        lock (_gate) _handlers.Add(handler);
        return new Subscription(this, handler);
    }

    /// <summary>Tells everybody, one after the other.</summary>
    public void Tell(ActiveConfig config)
    {
        Action<ActiveConfig>[] handlers;
        lock (_gate) handlers = [.. _handlers];
        foreach (var handler in handlers) Tell(handler, config);
    }

    private void Tell(Action<ActiveConfig> handler, ActiveConfig config)
    {
        try
        {
            handler(config);
        }
#pragma warning disable CA1031 // Whatever it is: see above.
        catch (Exception error)
        {
            Log.HandlerFailed(logger, config.Revision, error);
        }
#pragma warning restore CA1031
    }

    private sealed class Subscription(ConfigListeners listeners, Action<ActiveConfig> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (listeners._gate) listeners._handlers.Remove(handler);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2311, LogLevel.Error, "A listener failed on revision {Revision}; it will be told of the next one")]
        public static partial void HandlerFailed(ILogger logger, long revision, Exception error);
    }
}
