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
