namespace Tidegate.Insight.CallLog.Sql;

/// <summary>Names of types as DuckDB writes them; its driver has spellings of its own (<c>BigInt</c>, <c>UnsignedTinyInt</c>).</summary>
internal static class SqlTypes
{
    public static string Name(string ofDriver) => ofDriver switch
    {
        "TimestampTz" => "TIMESTAMP WITH TIME ZONE",
        "TimeTz" => "TIME WITH TIME ZONE",
        _ when ofDriver.StartsWith("Unsigned", StringComparison.Ordinal) => "U" + ofDriver["Unsigned".Length..].ToUpperInvariant(),
        _ => ofDriver.ToUpperInvariant(),
    };
}
