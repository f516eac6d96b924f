using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Schema;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore.Overlays;
using Tidegate.Platform.ConfigStore.Publishing;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.ConfigStore;

/// <summary>Overlays: changes that take themselves back. Committed before they hold; gone at their expiry on every node, also one that has lost the database.</summary>
public sealed class OverlayStore
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly ConfigPublisher _publisher;
    private readonly RevisionStore _revisions;
    private readonly CandidateCheck _check;
    private readonly TimeProvider _time;

    internal OverlayStore(StateStore store, AuditTrail audit, ConfigPublisher publisher, RevisionStore revisions, CandidateCheck check, TimeProvider time) =>
        (_store, _audit, _publisher, _revisions, _check, _time) = (store, audit, publisher, revisions, check, time);

    /// <summary>Overlays that hold now and that this node has left out, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Skipped => _publisher.Skipped;

    /// <summary>Oldest first: those that hold, or all.</summary>
    public async Task<IReadOnlyList<Overlay>> ListAsync(bool all, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var rows = await _store.ReadAsync((db, inner) => db.Set<OverlayRow>().OrderBy(o => o.Sequence).ToListAsync(inner), cancel);
        return [.. rows.Select(r => r.ToOverlay()).Where(o => all || o.IsLive(now))];
    }

    /// <summary>One overlay, whether it holds or not; null when there never was one.</summary>
    public async Task<Overlay?> FindAsync(string id, CancellationToken cancel) =>
        (await _store.ReadAsync((db, inner) => db.Set<OverlayRow>().FirstOrDefaultAsync(o => o.Id == id, inner), cancel))?.ToOverlay();

    /// <summary>Id of the overlay that is made once under a key.</summary>
    public static string IdOf(string key) => "o_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));

    /// <summary>How many overlays somebody has made since a time.</summary>
    public Task<int> CountAsync(string author, DateTimeOffset since, CancellationToken cancel)
    {
        var from = since.ToUniversalTime();
        return _store.ReadAsync((db, inner) => db.Set<OverlayRow>().CountAsync(o => o.Author == author && o.CreatedAt >= from, inner), cancel);
    }

    /// <summary>Makes an overlay, or throws a <see cref="ProblemException"/> with everything that is wrong with it.</summary>
    public Task<Overlay> CreateAsync(OverlayRequest request, Actor author, CancellationToken cancel) =>
        CreateAsync("o_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), request, author, cancel);

    /// <summary>
    /// Makes the overlay of a key, or gives the one that was made under it before, whether that still holds or not: whoever does not know whether it has made one may ask again.
    /// Throws as <see cref="CreateAsync(OverlayRequest, Actor, CancellationToken)"/> does.
    /// </summary>
    public async Task<Overlay> CreateOnceAsync(string key, OverlayRequest request, Actor author, CancellationToken cancel)
    {
        var id = IdOf(key);
        return await FindAsync(id, cancel) ?? await CreateAsync(id, request, author, cancel);
    }

    private async Task<Overlay> CreateAsync(string id, OverlayRequest request, Actor author, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        if (string.IsNullOrWhiteSpace(request.Reason)) throw new ProblemException(Problems.BadRequest("reason", "An overlay needs a reason.").Problem);
        if (!Duration.TryParse(request.For, out var time) || time <= TimeSpan.Zero || time > Longest)
            throw new ProblemException(Problems.BadRequest("for", $"\"{request.For}\" is not legal.", $"Give {Duration.Expected}, up to {Duration.Format(Longest)}.").Problem);
        var overlay = new Overlay(id, request.Reason, author.Name, request.Evidence, now, now + time, null, request.Patches);
        Assert(overlay, (await _revisions.HeadAsync(cancel)).Document, await ListAsync(all: false, cancel));

        var published = Task.CompletedTask;
        await _store.ChangeAsync(async (db, inner) =>
        {
            var row = new OverlayRow
            {
                Id = overlay.Id,
                Sequence = (await db.Set<OverlayRow>().MaxAsync(o => (long?)o.Sequence, inner) ?? 0) + 1,
                Version = await NextVersionAsync(db, inner),
                Reason = overlay.Reason,
                Author = overlay.Author,
                Evidence = overlay.Evidence,
                CreatedAt = overlay.CreatedAt,
                ExpiresAt = overlay.ExpiresAt,
                Patches = JsonSerializer.Serialize(overlay.Patches),
            };
            db.Add(row);
            await _audit.AppendAsync(db, new AuditEntry(author, "config.overlay", $"overlay/{overlay.Id}", null, new { overlay.Reason, overlay.Evidence, overlay.ExpiresAt, Objects = overlay.Patches.Keys }), inner);
            db.OnCommitted(() => published = _publisher.Put(overlay, row.Version));
        }, cancel);
        await published;
        return overlay;
    }

    /// <summary>Takes an overlay back; false when there is none that holds.</summary>
    public async Task<bool> RevokeAsync(string id, Actor author, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var published = Task.CompletedTask;
        var found = await _store.ChangeAsync(async (db, inner) =>
        {
            var row = await db.Set<OverlayRow>().FirstOrDefaultAsync(o => o.Id == id, inner);
            if (row is null || !row.ToOverlay().IsLive(now)) return false;
            row.RevokedAt = now;
            row.Version = await NextVersionAsync(db, inner);
            await _audit.AppendAsync(db, new AuditEntry(author, "config.overlay_revoke", $"overlay/{id}", new { row.Reason, row.ExpiresAt }), inner);
            db.OnCommitted(() => published = _publisher.Put(row.ToOverlay(), row.Version));
            return true;
        }, cancel);
        await published;
        return found;
    }

    private void Assert(Overlay overlay, ConfigDocument document, IReadOnlyList<Overlay> live)
    {
        var merged = OverlayMerge.Of(document, live).Document;
        var findings = new List<Finding>();
        if (overlay.Patches.Count == 0) findings.Add(new(FindingSeverity.Error, "no_patch", "", "patches", "The overlay changes nothing: give a merge patch by object id.", null));
        foreach (var (id, patch) in overlay.Patches)
        {
            if (merged.Find(id) is null)
                findings.Add(new(FindingSeverity.Error, "unknown_reference", id, "", $"There is no {id}.", null));
            else if (patch is not JsonObject map || map.Any(p => p.Key is not ("spec" or "metadata")) || (map["metadata"] is { } metadata && (metadata is not JsonObject named || named.ContainsKey("name"))))
                findings.Add(new(FindingSeverity.Error, "bad_patch", id, "", "A patch is a block with spec, metadata or both, and does not rename: {\"spec\": {...}}.", null));
            else if (IsEmpty(map))
                findings.Add(new(FindingSeverity.Error, "no_patch", id, "", "The patch says nothing, so the overlay would change nothing: {\"spec\": {...}} with the keys to be changed.", null));
        }

        if (findings.Count == 0)
        {
            var read = OverlayMerge.Apply(merged, overlay);
            findings.AddRange(read.Findings.Where(f => f.Severity == FindingSeverity.Error));
            // What is missing for other objects has been missing before.
            if (read.Document is { } patched) findings.AddRange(_check.Node(patched).Where(f => overlay.Patches.ContainsKey(f.Resource)));
        }

        if (findings.Count > 0) throw new ProblemException(Problems.Invalid(findings).Problem);
    }

    private static bool IsEmpty(JsonNode? node) => node is JsonObject map && map.All(p => IsEmpty(p.Value));

    private static async Task<long> NextVersionAsync(StateDb db, CancellationToken cancel) => (await db.Set<OverlayRow>().MaxAsync(o => (long?)o.Version, cancel) ?? 0) + 1;
}
