using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>Adds to counts that are on disk, within a change: for those whose change itself says that they are counted once.</summary>
internal static class SeriesAddition
{
    /// <summary>Writer of what is added so. Writers of processes are odd, and 0 is for sources that can be asked again.</summary>
    public const long Writer = 2;

    private const int RowsPerStatement = 200;

    public static async Task AddAsync(StateDb db, IReadOnlyList<CountRow> rows, CancellationToken cancel)
    {
        foreach (var chunk in rows.Chunk(RowsPerStatement))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            var text = new StringBuilder("INSERT INTO indicators_counts (series, step, start, writer, bad, total) VALUES ");
            for (var i = 0; i < chunk.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}(@s{i},60,@t{i},{Writer},@b{i},@n{i})");
                Add(command, $"s{i}", chunk[i].Series);
                Add(command, $"t{i}", chunk[i].Start);
                Add(command, $"b{i}", chunk[i].Bad);
                Add(command, $"n{i}", chunk[i].Total);
            }

            text.Append(" ON CONFLICT (series, step, start, writer) DO UPDATE SET bad = indicators_counts.bad + excluded.bad, total = indicators_counts.total + excluded.total");
#pragma warning disable CA2100 // Only numbers of parameters are put into the text.
            command.CommandText = text.ToString();
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
