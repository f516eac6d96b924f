using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>A test of one header or query value.</summary>
internal abstract class ValueTest
{
    /// <summary>True when the value passes.</summary>
    public abstract bool Holds(ReadOnlySpan<char> value);

    /// <summary>The test a condition asks for. The expression of a <c>regex</c> must be valid.</summary>
    public static ValueTest Of(ValueMatchConfig config) =>
        config.OneOf.Count > 0 ? new OneOfTest([.. config.OneOf])
        : config.Prefix is { } prefix ? new PrefixTest(prefix)
        : config.Contains is { } part ? new ContainsTest(part)
        : config.Regex is { } regex ? new RegexTest(regex)
        : new PresentTest();
}

/// <summary>Any value.</summary>
internal sealed class PresentTest : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => true;
}

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

/// <summary>Begins with.</summary>
internal sealed class PrefixTest(string prefix) : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => value.StartsWith(prefix, StringComparison.Ordinal);
}

/// <summary>Contains.</summary>
internal sealed class ContainsTest(string part) : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => value.Contains(part, StringComparison.Ordinal);
}

/// <summary>Matches an expression, in time linear in the value.</summary>
internal sealed class RegexTest(string pattern) : ValueTest
{
    private readonly Regex _regex = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => _regex.IsMatch(value);
}
