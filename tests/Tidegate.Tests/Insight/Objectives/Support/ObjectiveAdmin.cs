using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Support;

/// <summary>The admin port of a node with a call log and objectives; only the clock is ours.</summary>
internal sealed class ObjectiveAdmin : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();
    private TestAdmin _port = null!;

    private ObjectiveAdmin()
    {
    }

    /// <summary>Asks it, as its administrator.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => _port.Services;

    /// <summary>Starts one; modules are added to those that objectives need.</summary>
    public static async Task<ObjectiveAdmin> StartAsync(DateTimeOffset now, params Module[] more)
    {
        var admin = new ObjectiveAdmin();
        admin._port = await TestAdmin.StartAsync(
            admin._database, new FakeTimeProvider(now), [new ConfigStoreModule(), new EventsModule(), new CallLogModule(), new IndicatorsModule(), new ObjectivesModule(), .. more]);
        admin.Client = admin._port.Admin();
        return admin;
    }

    /// <summary>Calls are on record.</summary>
    public async Task LogAsync(IEnumerable<CallRecord> calls)
    {
        var sink = _port.Services.GetRequiredService<CallSink>();
        foreach (var call in calls) Assert.True(sink.TryWrite(call));
        await _port.Services.GetRequiredService<CallWriter>().FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _port.DisposeAsync();
        await _database.DisposeAsync();
    }
}
