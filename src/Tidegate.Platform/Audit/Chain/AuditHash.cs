using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Platform.Audit.Chain;

/// <summary>
/// The hash of a row: SHA-256 over the previous hash and the row's fields, each with its length in front, so that no two rows have the same bytes.
/// Published in <c>docs/specs/audit.md</c>; changing it means a new version word.
/// </summary>
internal static class AuditHash
{
    private const string Version = "tidegate-audit-1";
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>What stands for "the row before the first".</summary>
    public static string Genesis(string chain) => Of(Version, chain);

    public static string Of(string previous, AuditRow row) => Of(
        previous,
        Version,
        row.Sequence.ToString(CultureInfo.InvariantCulture),
        row.Time.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
        row.ActorKind,
        row.Actor,
        row.Credential,
        row.Address,
        row.Action,
        row.Target,
        row.Before,
        row.After,
        row.Correlation);

    private static string Of(params ReadOnlySpan<string?> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            // Null is a length that no text has, so that null and "" differ.
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteUInt32BigEndian(length, field is null ? uint.MaxValue : (uint)bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
