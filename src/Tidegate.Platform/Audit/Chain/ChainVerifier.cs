using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Audit.Chain;

/// <summary>
/// 1. Walks all rows in order: sequences without gaps, each hash right. 2. Compares the end with the head row. 3. Compares with the anchors.
/// After a broken row the walk goes on from the stored hash, so that every broken place is named once.
/// </summary>
internal sealed class ChainVerifier(StateDb db, AnchorFile file, IReadOnlyList<AuditAnchor> anchors)
{
    public async Task<AuditVerification> RunAsync(CancellationToken cancel)
    {
        var head = await db.Set<AuditHead>().SingleOrDefaultAsync(cancel);
        var walk = new ChainWalk(head?.Chain, [.. anchors, .. FileAnchor(head, out var fileProblem)]);
        await foreach (var row in RowsAsync(cancel)) walk.Take(row);
        walk.End(head is null ? null : new AuditAnchor(head.Sequence, head.Hash));
        if (fileProblem is not null) walk.Report(fileProblem);
        foreach (var left in file.Left) walk.Report(new AuditProblem(1, "anchor", $"This node wrote another trail before, whose rows are not in this database; {left} says where it ended. Restore that database, or remove the file if it was replaced on purpose."));
        return walk.Result();
    }

    private IReadOnlyList<AuditAnchor> FileAnchor(AuditHead? head, out AuditProblem? problem)
    {
        problem = null;
        try
        {
            if (file.Read() is not { } noted) return [];
            if (head is null || !string.Equals(noted.Chain, head.Chain, StringComparison.Ordinal))
            {
                problem = new AuditProblem(1, "anchor", $"The anchor file of this node is of chain {noted.Chain}, the database holds {head?.Chain ?? "none"}.");
                return [];
            }

            return [new AuditAnchor(noted.Sequence, noted.Hash)];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            problem = new AuditProblem(1, "anchor", $"The anchor file of this node cannot be read: {error.Message}");
            return [];
        }
    }

    private async IAsyncEnumerable<AuditRow> RowsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // In pieces, by key: memory stays flat however long the trail is.
        const int Piece = 2000;
        for (long last = long.MinValue; ;)
        {
            var rows = await db.Set<AuditRow>().Where(row => row.Sequence > last).OrderBy(row => row.Sequence).Take(Piece).ToListAsync(cancel);
            foreach (var row in rows) yield return row;
            if (rows.Count < Piece) yield break;
            last = rows[^1].Sequence;
        }
    }
}
