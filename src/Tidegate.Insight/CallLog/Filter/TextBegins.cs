using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>path ^= "/v1/"</c>.</summary>
internal sealed class TextBegins(TextField field, string prefix) : CallFilter
{
    public override bool Matches(CallRecord call) => field.Read(call).StartsWith(prefix, StringComparison.Ordinal);

    internal override void Write(SqlText sql) => sql.Add("starts_with(").Add(field.Column).Add(", ").Value(prefix).Add(")");
}
