using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Resources.Reading;
using Tidegate.Hosting.Supervision;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;
using Tidegate.Platform.Security.Keys;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Storage;

/// <summary>
/// The program that is killed: this test program started anew. Writes keys, revisions and audit rows through the real stores,
/// several at once, and appends to a file what each acknowledged. What a process has handed to the file survives its own kill.
/// </summary>
internal static class StateWriter
{
    /// <summary>Starts it on a data directory, and on PostgreSQL when the options name one.</summary>
    public static Process Start(ProcessOptions options)
    {
        var process = ChildProgram.Start(Run, options.DataDirectory, options.Database ?? "");
        // Nobody reads its words; a full pipe must not stop it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Where it notes what was acknowledged.</summary>
    public static string NotesOf(string directory) => Path.Combine(directory, "acknowledged.txt");

    private static void Run(string[] arguments) =>
        WriteAsync(new ProcessOptions { DataDirectory = arguments[0], Database = arguments[1] is "" ? null : arguments[1] }).GetAwaiter().GetResult();

    private static async Task WriteAsync(ProcessOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(TimeProvider.System).AddSingleton(options);
        services.AddModules([new StorageModule(() => Modules.All, typeof(Modules).Assembly), new AuditModule(), new SecurityModule(), new ConfigStoreModule()], options);
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<StateStore>();
        await store.OpenAsync(CancellationToken.None);
        var (keys, revisions, trail) = (provider.GetRequiredService<KeyStore>(), provider.GetRequiredService<RevisionStore>(), provider.GetRequiredService<AuditTrail>());
        await using var notes = new FileStream(NotesOf(options.DataDirectory), new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 });
        // Each on a thread of its own: SQLite completes in place, and the first would never let the others begin.
        Func<Task>[] writers = [WriteKeyAsync, WriteRevisionAsync, WriteRowAsync, WriteRowAsync];
        await Task.WhenAll(writers.Select(writer => Task.Run(() => ForEverAsync(writer))));

        async Task WriteKeyAsync()
        {
            var made = await keys.CreateAsync(Actor.System("writer"), new NewKey("shop", null, [], null), CancellationToken.None);
            Note(notes, $"key {made.Key.Id}");
            if (made.Key.Id[^1] % 3 != 0) return;
            await keys.RevokeAsync(Actor.System("writer"), made.Key.Id, CancellationToken.None);
            Note(notes, $"revoked {made.Key.Id}");
        }

        async Task WriteRevisionAsync()
        {
            var text = $"apiVersion: tidegate/v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  destinations:\n    - address: http://{Guid.NewGuid():N}:1\n";
            var applied = await revisions.ApplyAsync(new Candidate { Texts = [new SourceText("a.yaml", text)] }, Actor.System("writer"), CancellationToken.None);
            Note(notes, $"revision {applied.Revision.Number} {applied.Revision.Hash}");
        }

        async Task WriteRowAsync()
        {
            var name = Guid.NewGuid().ToString("N");
            await trail.AppendAsync(new AuditEntry(Actor.System("writer"), "test.write", $"thing/{name}"), CancellationToken.None);
            Note(notes, $"row thing/{name}");
        }
    }

    private static async Task ForEverAsync(Func<Task> write)
    {
        while (true)
        {
            try
            {
                await write();
            }
            catch (StateUnavailableException)
            {
                // The server was stopped: nothing was acknowledged. Tried again when it may be back.
                await Task.Delay(50);
            }
        }
    }

    private static void Note(FileStream notes, string line)
    {
        lock (notes) notes.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }
}
