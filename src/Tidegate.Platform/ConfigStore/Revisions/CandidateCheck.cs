using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Platform.ConfigStore.Revisions;

/// <summary>What refuses a document that is legal in itself: that it would remove everything, and what this node does not have: secrets, files.</summary>
/// <param name="secrets">Resolves references.</param>
/// <param name="node">The gateway of this node; null in a process without one.</param>
internal sealed class CandidateCheck(ISecretSource secrets, INodeCheck? node)
{
    /// <summary>The result of reading, with what else is wrong; without a document when that is an error.</summary>
    public ReadResult Check(ReadResult read, Candidate candidate, ConfigDocument before)
    {
        if (read.Document is not { } document) return read;
        var found = Node(document);
        if (document.Resources.Count == 0 && before.Resources.Count > 0 && !candidate.AllowEmpty) found = [.. found, Empty(before.Resources.Count)];
        return found.Count == 0 ? read : new ReadResult(null, [.. read.Findings, .. found]);
    }

    /// <summary>References that cannot be resolved on this node and files it does not have: its gateway would refuse the document.</summary>
    public IReadOnlyList<Finding> Node(ConfigDocument document) => [.. UnresolvedSecrets.In(document, secrets), .. node?.Check(document) ?? []];

    // An empty file is mostly an accident: a redirection that failed, a template that rendered nothing.
    private static Finding Empty(int objects) => new(
        FindingSeverity.Error, "empty_document", "", "",
        $"There is no object in it: this would remove {(objects == 1 ? "the only object" : $"all {objects} objects")} in force. If that is meant, use --allow-empty (allowEmpty: true over HTTP).", null);
}
