namespace Tidegate.Platform.Events;

/// <summary>
/// Acts on events: notifications, incidents, policies. Each is told of every event once it is on disk, in order, beginning with the first after it was
/// registered for the first time, and goes on where it stopped after a restart. It may be told again of the last one: it acts so that twice is as good as once.
/// </summary>
public interface IEventSubscriber
{
    /// <summary>Its word, unique and never changed: where it stopped is kept under it.</summary>
    string Name { get; }

    /// <summary>Whether it wants events of a type; others are passed over without a call.</summary>
    bool Wants(string type);

    /// <summary>Acts. What it throws is logged and shown, and it is told of the same event again after a pause; the others go on meanwhile.</summary>
    Task HandleAsync(Event happened, CancellationToken cancel);
}
