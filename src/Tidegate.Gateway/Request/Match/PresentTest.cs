namespace Tidegate.Gateway.Request.Match;

/// <summary>Any value.</summary>
internal sealed class PresentTest : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => true;
}
