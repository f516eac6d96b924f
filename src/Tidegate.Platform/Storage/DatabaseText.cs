using Npgsql;

namespace Tidegate.Platform.Storage;

/// <summary>The text of <c>--database</c>.</summary>
public static class DatabaseText
{
    private const string Expected = "a PostgreSQL connection string such as Host=db.example;Database=tidegate;Username=tidegate (leave it out for SQLite in the data directory)";

    /// <summary>The text as it is. A <see cref="FormatException"/> says what would be legal; never what was given, which may hold a password.</summary>
    public static string Check(string text)
    {
        try
        {
            if (new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 }) return text;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw new FormatException($"this is not {Expected}.", wrong);
        }

        throw new FormatException($"Host is missing: expected is {Expected}.");
    }
}
