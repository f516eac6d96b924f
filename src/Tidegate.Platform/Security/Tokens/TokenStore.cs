using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Credentials;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Endpoints;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Tokens;

/// <summary>API tokens. Kept by hash; revoked ones stay in the list.</summary>
internal sealed class TokenStore(StateStore store, AuditTrail audit, CredentialCache cache, TimeProvider time)
{
    public Task<List<ApiToken>> ListAsync(string? owner, TimeCursor? after, int count, CancellationToken cancel) =>
        store.ReadAsync((db, inner) =>
        {
            var tokens = db.Set<ApiToken>().Where(token => owner == null || token.Owner == owner);
            if (after is { } place)
                tokens = tokens.Where(token => token.CreatedAt < place.At || (token.CreatedAt == place.At && string.Compare(token.Id, place.Id) > 0));
            return tokens.OrderByDescending(token => token.CreatedAt).ThenBy(token => token.Id).Take(count).ToListAsync(inner);
        }, cancel);

    public Task<TokenIssued> CreateAsync(Actor actor, NewToken wanted, CancellationToken cancel) =>
        store.ChangeAsync((db, inner) => CreateAsync(db, actor, wanted, inner), cancel);

    /// <summary>As part of a larger change.</summary>
    public async Task<TokenIssued> CreateAsync(StateDb db, Actor actor, NewToken wanted, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var secret = CredentialText.Create(CredentialText.Token);
        var token = new ApiToken
        {
            Id = PublicId.Create('t'), Name = wanted.Name, Owner = wanted.Owner, Sha256 = CredentialText.Sha256(secret),
            Role = wanted.Role, Scopes = [.. wanted.Scopes], CreatedAt = now, ExpiresAt = wanted.ExpiresAt,
        };
        db.Add(token);
        var view = TokenView.Of(token, now);
        await audit.AppendAsync(db, new AuditEntry(actor, "token.create", $"token/{token.Id}", null, view), cancel);
        return new TokenIssued(secret, view);
    }

    /// <summary>Revokes; again does nothing. <paramref name="owner"/> limits it to tokens of that user.</summary>
    public Task RevokeAsync(Actor actor, string id, string? owner, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            var token = await db.FindAsync<ApiToken>([id], inner);
            // Somebody else's token is answered like one that does not exist.
            if (token is null || (owner is not null && token.Owner != owner)) throw new ProblemException(Problems.NotFound($"token {id}", "'tidegate tokens list' shows them.").Problem);
            if (token.RevokedAt is not null) return;
            var before = TokenView.Of(token, time.GetUtcNow());
            token.RevokedAt = time.GetUtcNow();
            await audit.AppendAsync(db, new AuditEntry(actor, "token.revoke", $"token/{id}", before, TokenView.Of(token, time.GetUtcNow())), inner);
            db.OnCommitted(cache.Clear);
        }, cancel);
}

/// <summary>A token to be made; whether it may be is decided before.</summary>
internal sealed record NewToken(string Name, string Owner, Role Role, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
