using System.Text.Json;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Budgets.Counts;

/// <summary>Counts of budgets in the data directory of the node that counts them. Replaced atomically: a crash leaves the old ones or the new ones, never half of them.</summary>
internal sealed partial class BudgetFile(string dataDirectory, ILogger<BudgetFile> logger) : IBudgetStore
{
    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "budgets.json");

    /// <inheritdoc />
    public IReadOnlyList<SavedBudget> Load()
    {
        try
        {
            if (!File.Exists(Path)) return [];
            using var file = File.OpenRead(Path);
            return JsonSerializer.Deserialize<List<SavedBudget>>(file, ApiJson.Options) ?? [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            Log.Unreadable(logger, Path, error.Message);
            return [];
        }
    }

    /// <inheritdoc />
    public bool Save(IReadOnlyList<SavedBudget> counts)
    {
        var temporary = Path + ".tmp";
        try
        {
            using (var file = new FileStream(temporary, Settings()))
            {
                JsonSerializer.Serialize(file, counts, ApiJson.Options);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(logger, Path, error.Message);
            return false;
        }
    }

    // Who spends how much is nobody else's business.
    private static FileStreamOptions Settings()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static partial class Log
    {
        [LoggerMessage(2400, LogLevel.Error, "The counts of budgets in {File} cannot be read: {Reason} Budgets count from 0 again.")]
        public static partial void Unreadable(ILogger logger, string file, string reason);

        [LoggerMessage(2401, LogLevel.Error, "The counts of budgets cannot be written to {File}: {Reason} Calls are not affected, but a restart would forget what was counted since.")]
        public static partial void NotWritten(ILogger logger, string file, string reason);
    }
}
