using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>Calls of callers, without mirrored ones. By a column that is empty in nearly every row group, so that the engine need not look at the rows.</summary>
internal sealed class NoShadows : CallFilter
{
    public override bool Matches(CallRecord call) => call.Shadow is null;

    internal override void Write(SqlText sql) => sql.Add("shadow_of IS NULL");
}
