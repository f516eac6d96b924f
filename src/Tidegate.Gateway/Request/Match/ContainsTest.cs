namespace Tidegate.Gateway.Request.Match;

/// <summary>Contains.</summary>
internal sealed class ContainsTest(string part) : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => value.Contains(part, StringComparison.Ordinal);
}
