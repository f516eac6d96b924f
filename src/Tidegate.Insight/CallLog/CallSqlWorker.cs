using Tidegate.Insight.CallLog.Sql;

namespace Tidegate.Insight.CallLog;

/// <summary>
/// The process that runs free SQL: the executable starts itself with <see cref="Verb"/>. String functions of DuckDB take memory past its limit, and a query
/// of one line can take all there is (docs/decisions): so it happens where the kernel can end it, and not where calls are served.
/// </summary>
public static class CallSqlWorker
{
    /// <summary>First argument of the process. Not a verb for people.</summary>
    public const string Verb = "calls-sql-worker";

    /// <summary>Reads one question from standard input, answers on standard output.</summary>
    /// <returns>Exit code.</returns>
    public static int Run() => SqlWorker.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
}
