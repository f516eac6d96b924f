namespace Tidegate.Platform.Audit;

/// <summary>Sequence and hash of a row, remembered outside the table that holds it.</summary>
/// <param name="Sequence">Row.</param>
/// <param name="Hash">Its hash, lower-case hex.</param>
public sealed record AuditAnchor(long Sequence, string Hash)
{
    /// <summary>Reads <c>SEQUENCE:HASH</c>.</summary>
    public static bool TryParse(string? text, out AuditAnchor? anchor)
    {
        anchor = null;
        var parts = text?.Split(':');
        if (parts is not [var number, var hash] || !long.TryParse(number, out var sequence) || sequence < 1) return false;
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)) return false;
        anchor = new AuditAnchor(sequence, hash.ToLowerInvariant());
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Sequence}:{Hash}";
}
