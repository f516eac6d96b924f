using Tidegate.Core.Resources;

namespace Tidegate.Core.Ports;

/// <summary>Everything a node needs to serve: the merged document (revision plus live overlays) and the caller keys. Immutable.</summary>
/// <param name="Revision">Number of the revision in force; 0 for a node that was never configured.</param>
/// <param name="Generation">Grows with every change of revision, overlays or keys; orders configurations.</param>
/// <param name="Document">The revision's document with live overlays applied.</param>
/// <param name="Keys">API keys issued by Tidegate. Keys written into <c>Consumer</c> documents are in the document.</param>
/// <param name="Overlays">Ids of the overlays that are applied, oldest first.</param>
public sealed record ActiveConfig(
    long Revision,
    long Generation,
    ConfigDocument Document,
    IReadOnlyList<IssuedKey> Keys,
    IReadOnlyList<string> Overlays);
