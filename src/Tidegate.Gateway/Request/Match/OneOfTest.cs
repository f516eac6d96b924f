namespace Tidegate.Gateway.Request.Match;

/// <summary>One of some values.</summary>
internal sealed class OneOfTest(string[] values) : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value)
    {
        foreach (var one in values)
            if (value.SequenceEqual(one)) return true;
        return false;
    }
}
