using System.Text;
using Microsoft.Data.Sqlite;

namespace Tidegate.Tests.Insight.Bodies;

/// <summary>A consumer's bodies are gone, and not only from view.</summary>
public sealed class BodyErasureTests
{
    [Fact]
    public async Task Erase_NothingOfTheConsumerRemainsInAnyFile_AndOthersAreThere()
    {
        await using var log = await TestBodies.StartAsync(o => o with { FlushEvery = TimeSpan.FromHours(1) });
        var random = new Random(7);
        var (theirs, others) = (new List<Guid>(), new List<Guid>());
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < 40; i++)
            {
                var call = log.Make(i % 3 == 0 ? "erase-me" : "another", Text(random), Text(random));
                (i % 3 == 0 ? theirs : others).Add(call.Id);
                log.Sink.Write(call);
            }

            await log.WrittenAsync();
            log.Time.Advance(TimeSpan.FromDays(1));
        }

        var queued = log.Make("erase-me");
        log.Sink.Write(queued);
        var needles = Needles(log, "erase-me");
        Assert.InRange(needles.Count, 42, 200);
        Assert.All(needles, n => Assert.True(Holds(log, n), "what is looked for below must be found before"));

        Assert.Equal(theirs.Count + 1, await log.Store.EraseAsync("erase-me", TestContext.Current.CancellationToken));

        Assert.All(theirs.Append(queued.Id), id => Assert.Null(log.Store.Find(id)));
        Assert.All(others, id => Assert.NotNull(log.Store.Find(id)));
        Assert.All(needles, n => Assert.False(Holds(log, n), "a part of what was erased is in a file"));
        Assert.All(Directory.GetFiles(log.Options.Directory), f => Assert.EndsWith(f.EndsWith("-journal", StringComparison.Ordinal) && new FileInfo(f).Length == 0 ? "-journal" : ".sqlite", f, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erase_Nobody_ChangesNothing()
    {
        await using var log = await TestBodies.StartAsync();
        var call = await log.WriteAsync(log.Make());

        Assert.Equal(0, await log.Store.EraseAsync("ap", TestContext.Current.CancellationToken));
        Assert.NotNull(log.Store.Find(call.Id));
    }

    // The name, and of every text the middle of what stands for it on disk.
    private static List<byte[]> Needles(TestBodies log, string consumer)
    {
        var needles = new List<byte[]> { Encoding.UTF8.GetBytes(consumer) };
        foreach (var file in Directory.GetFiles(log.Options.Directory, "*.sqlite"))
        {
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT request_text FROM bodies WHERE consumer = $consumer UNION ALL SELECT answer_text FROM bodies WHERE consumer = $consumer";
            command.Parameters.AddWithValue("$consumer", consumer);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var blob = (byte[])rows.GetValue(0);
                needles.Add(blob[(blob.Length / 2)..((blob.Length / 2) + 24)]);
            }
        }

        return needles;
    }

    private static bool Holds(TestBodies log, byte[] needle) => Directory.GetFiles(log.Options.Directory).Any(f => File.ReadAllBytes(f).AsSpan().IndexOf(needle) >= 0);

    private static string Text(Random random)
    {
        var bytes = new byte[random.Next(100, 9000)];
        random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
