using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Keys;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Sessions;
using Tidegate.Platform.Security.Tokens;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Start;

/// <summary>
/// Users, tokens and caller keys as JSON lines, with their hashes: as sensitive as the database. Sessions are left out, and ended by an import.
/// </summary>
internal sealed class SecurityState(StateStore store, CredentialCache cache, IssuedKeys issued) : IDurableState
{
    private const string Format = "tidegate-security-1";
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public string Name => "security";

    public async Task ExportAsync(Stream destination, CancellationToken cancel)
    {
        var (users, tokens, keys) = await store.SnapshotAsync(async (db, inner) => (
            await db.Set<User>().OrderBy(user => user.Name).ToListAsync(inner),
            await db.Set<ApiToken>().OrderBy(token => token.Id).ToListAsync(inner),
            await db.Set<CallerKey>().OrderBy(key => key.Id).ToListAsync(inner)), cancel);
        await WriteAsync(destination, new Line { Format = Format }, cancel);
        foreach (var user in users) await WriteAsync(destination, new Line { User = user }, cancel);
        foreach (var token in tokens) await WriteAsync(destination, new Line { Token = token }, cancel);
        foreach (var key in keys) await WriteAsync(destination, new Line { Key = key }, cancel);
        await WriteAsync(destination, new Line { End = users.Count + tokens.Count + keys.Count }, cancel);
    }

    public async Task ImportAsync(Stream source, CancellationToken cancel)
    {
        var lines = await ReadAsync(source, cancel);
        await store.ChangeAsync(async (db, inner) =>
        {
            var version = (await db.Set<CallerKey>().MaxAsync(key => (long?)key.Version, inner) ?? 0) + 1;
            await db.Set<Session>().ExecuteDeleteAsync(inner);
            await db.Set<ApiToken>().ExecuteDeleteAsync(inner);
            await db.Set<User>().ExecuteDeleteAsync(inner);
            await db.Set<CallerKey>().ExecuteDeleteAsync(inner);
            foreach (var line in lines)
            {
                // One version for all: nodes that watch it read everything again.
                if (line.Key is { } key) key.Version = version;
                db.Add((object?)line.User ?? (object?)line.Token ?? line.Key!);
            }

            db.OnCommitted(cache.Clear);
        }, cancel);
        await issued.LoadAsync(cancel);
    }

    public Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancel) => store.SnapshotAsync<IReadOnlyList<string>>(async (db, inner) =>
    {
        var problems = new List<string>();
        var users = await db.Set<User>().ToListAsync(inner);
        if (!users.Exists(user => user is { Role: Role.Admin, Disabled: false })) problems.Add("No admin can log in.");
        foreach (var user in users.Where(user => !PasswordHash.IsReadable(user.PasswordHash))) problems.Add($"The password hash of user {user.Name} cannot be read.");
        var keys = await db.Set<CallerKey>().Select(key => new { key.Id, key.Sha256 }).ToListAsync(inner);
        problems.AddRange(keys.Where(key => key.Sha256.Length != 64).Select(key => $"The hash of key {key.Id} is damaged."));
        var tokens = await db.Set<ApiToken>().Select(token => new { token.Id, token.Sha256 }).ToListAsync(inner);
        problems.AddRange(tokens.Where(token => token.Sha256.Length != 64).Select(token => $"The hash of token {token.Id} is damaged."));
        return problems;
    }, cancel);

    private static async Task<List<Line>> ReadAsync(Stream source, CancellationToken cancel)
    {
        using var reader = new StreamReader(source, Encoding.UTF8, leaveOpen: true);
        var lines = new List<Line>();
        for (var number = 1; await reader.ReadLineAsync(cancel) is { } text; number++)
        {
            var line = Parse(text, number);
            if (number == 1 && line.Format != Format) throw new InvalidDataException($"This is not a security export: its format is '{line.Format}', expected '{Format}'.");
            if (line.End is { } count) return count == lines.Count ? lines : throw new InvalidDataException($"The security export says {count} lines and has {lines.Count}. Nothing was replaced.");
            if (number > 1) lines.Add(line);
        }

        throw new InvalidDataException("The security export was cut off: its last line is missing. Nothing was replaced.");
    }

    private static Line Parse(string text, int number)
    {
        try
        {
            var line = JsonSerializer.Deserialize<Line>(text, ApiJson.Options);
            if (line is not null && (line.Format ?? (object?)line.User ?? line.Token ?? (object?)line.Key ?? line.End) is not null) return line;
            throw new JsonException("it holds nothing known");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Line {number} of the security export cannot be read: {error.Message}", error);
        }
    }

    private static async Task WriteAsync(Stream destination, Line line, CancellationToken cancel)
    {
        await JsonSerializer.SerializeAsync(destination, line, Sparse, cancel);
        await destination.WriteAsync(NewLine, cancel);
    }

    private static readonly JsonSerializerOptions Sparse = new(ApiJson.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private sealed record Line
    {
        public string? Format { get; init; }

        public User? User { get; init; }

        public ApiToken? Token { get; init; }

        public CallerKey? Key { get; init; }

        public int? End { get; init; }
    }
}
