using Tidegate.Insight.Bodies.Files;
using Tidegate.Insight.Bodies.Writing;

namespace Tidegate.Insight.Bodies;

/// <summary>Questions to the log of bodies.</summary>
public sealed class BodyStore
{
    private readonly BodyArchive _archive;
    private readonly BodyWriter _writer;

    internal BodyStore(BodyArchive archive, BodyWriter writer) => (_archive, _writer) = (archive, writer);

    /// <summary>The bodies of a call; null when none are kept. They are on disk within a second of the end of the call.</summary>
    /// <exception cref="BodiesUnavailableException">A file cannot be read.</exception>
    public CallBodiesEntry? Find(Guid id) => _archive.Find(id);

    /// <summary>Forgets all bodies of a consumer: those on disk, and those on their way there. How many calls had some.</summary>
    /// <exception cref="BodiesUnavailableException">A file cannot be changed; others may have been.</exception>
    public Task<long> EraseAsync(string consumer, CancellationToken cancel) => _writer.AfterWritingAsync(() => _archive.Erase(consumer)).WaitAsync(cancel);
}
