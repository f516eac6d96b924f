namespace Tidegate.Gateway.Request.Match;

/// <summary>Begins with.</summary>
internal sealed class PrefixTest(string prefix) : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => value.StartsWith(prefix, StringComparison.Ordinal);
}
