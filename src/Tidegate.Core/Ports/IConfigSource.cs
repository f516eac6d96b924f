namespace Tidegate.Core.Ports;

/// <summary>ConfigStore to Gateway: the document in force. Handlers run one after the other, off the hot path.</summary>
public interface IConfigSource
{
    /// <summary>The newest configuration, or null before the first one is known.</summary>
    ActiveConfig? Current { get; }

    /// <summary>Calls <paramref name="handler"/> for every later change, in order, until disposed. A handler that throws does not end the subscription.</summary>
    IDisposable Subscribe(Action<ActiveConfig> handler);
}
