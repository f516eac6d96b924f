using Tidegate.Core.Ports;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>All that a node needs to start without its database.</summary>
/// <param name="Revision">Revision and its document, without overlays.</param>
/// <param name="Overlays">Overlays that held; they still end at their expiry.</param>
/// <param name="Keys">Issued keys, by hash.</param>
/// <param name="Generation">Generation it was published as.</param>
internal sealed record LastGood(PublishedRevision Revision, IReadOnlyList<Overlay> Overlays, IReadOnlyList<IssuedKey> Keys, long Generation);
