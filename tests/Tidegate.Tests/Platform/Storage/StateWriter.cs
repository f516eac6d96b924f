using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Hosting.Supervision;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;
using Tidegate.Platform.Security.Keys;
using Tidegate.Platform.Storage;

namespace Tidegate.Tests.Platform.Storage;

/// <summary>
/// The program that is killed: this test program started anew, for this one test and with a variable set. Writes keys and audit rows through the real stores,
/// several at once, and appends to a file what each acknowledged. What a process has handed to the file survives its own kill.
/// </summary>
public sealed class StateWriter
{
    private const string Variable = "TIDEGATE_TEST_WRITER";

    /// <summary>Starts it on a data directory.</summary>
    public static Process Start(string directory)
    {
        var assembly = typeof(StateWriter).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [assembly, "-class", typeof(StateWriter).FullName!]) { RedirectStandardOutput = true };
        start.Environment[Variable] = directory;
        var process = Process.Start(start)!;
        // Nobody reads its words; a full pipe must not stop it.
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Where it notes what was acknowledged.</summary>
    public static string NotesOf(string directory) => Path.Combine(directory, "acknowledged.txt");

    [Fact]
    public async Task Write_UntilKilled_WhenStartedByTheKillTest()
    {
        var directory = Environment.GetEnvironmentVariable(Variable);
        if (directory is null) return; // an ordinary run: nothing to do
        await WriteAsync(directory);
    }

    private static async Task WriteAsync(string directory)
    {
        var options = new ProcessOptions { DataDirectory = directory };
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(TimeProvider.System).AddSingleton(options);
        services.AddModules([new StorageModule(() => Modules.All, typeof(Modules).Assembly), new AuditModule(), new SecurityModule()], options);
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<StateStore>();
        await store.OpenAsync(CancellationToken.None);
        var keys = provider.GetRequiredService<KeyStore>();
        var trail = provider.GetRequiredService<AuditTrail>();
        await using var output = new FileStream(NotesOf(directory), new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async writer =>
        {
            for (var i = 0; ; i++)
            {
                if (writer == 0)
                {
                    var made = await keys.CreateAsync(Actor.System("writer"), new NewKey("shop", null, [], null), CancellationToken.None);
                    Say(output, $"key {made.Key.Id}");
                    if (i % 3 == 0)
                    {
                        await keys.RevokeAsync(Actor.System("writer"), made.Key.Id, CancellationToken.None);
                        Say(output, $"revoked {made.Key.Id}");
                    }
                }
                else
                {
                    var name = Guid.NewGuid().ToString("N");
                    await trail.AppendAsync(new AuditEntry(Actor.System("writer"), "test.write", $"thing/{name}"), CancellationToken.None);
                    Say(output, $"row thing/{name}");
                }
            }
        }));
    }

    private static void Say(FileStream output, string line)
    {
        lock (output) output.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }
}
