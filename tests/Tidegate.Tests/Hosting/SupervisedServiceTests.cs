using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Hosting.Supervision;
using Tidegate.Platform.Storage;

namespace Tidegate.Tests.Hosting;

/// <summary>A module's crash is its own: seen, told, tried again.</summary>
public sealed class SupervisedServiceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Crash_IsShown_AndTheWorkStartsAgainAfterAPause()
    {
        var time = new FakeTimeProvider();
        var state = new ModuleState("Test");
        using var work = new Work(run => run == 1 ? throw new InvalidOperationException("boom") : Task.Delay(Timeout.Infinite, Cancel));
        using var service = new SupervisedService(work, state, time, NullLogger<SupervisedService>.Instance);

        await service.StartAsync(Cancel);
        Assert.Equal(1, await work.Runs.ReadAsync(Cancel));
        await Until(() => state.Failures.Count == 1);
        Assert.Contains("boom", state.Failures[0]);
        var second = work.Runs.ReadAsync(Cancel).AsTask();
        while (!second.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Until(() => state.Failures.Count == 0);
        Assert.Equal(1, state.Restarts);
        await service.StopAsync(Cancel);
    }

    [Fact]
    public async Task Start_GivenUp_IsNoCrash()
    {
        var state = new ModuleState("Test");
        using var start = new CancellationTokenSource();
        using var work = new Work(_ => Task.Delay(Timeout.Infinite, Cancel));
        using var service = new SupervisedService(work, state, TimeProvider.System, NullLogger<SupervisedService>.Instance);

        await service.StartAsync(start.Token);
        await work.Runs.ReadAsync(Cancel);
        await start.CancelAsync();
        await Until(() => work.ExecuteTask!.IsCompleted);
        for (var i = 0; i < 1000; i++) await Task.Yield(); // so that it would be seen

        Assert.Empty(state.Failures);
        await service.StopAsync(Cancel);
    }

    [Fact]
    public async Task Start_ThatFails_DoesNotStopTheProcess()
    {
        var state = new ModuleState("Test");
        using var service = new SupervisedService(new NoStart(new IOException("no disk")), state, TimeProvider.System, NullLogger<SupervisedService>.Instance);

        await service.StartAsync(Cancel);

        Assert.Contains("no disk", Assert.Single(state.Failures));
        await service.StopAsync(Cancel);
    }

    [Fact]
    public async Task Start_OnADatabaseOfANewerVersion_StopsTheProcess()
    {
        using var service = new SupervisedService(
            new NoStart(new StateUnavailableException(StateFault.NewerSchema, "newer")), new ModuleState("Test"), TimeProvider.System, NullLogger<SupervisedService>.Instance);

        await Assert.ThrowsAsync<StateUnavailableException>(() => service.StartAsync(Cancel));
    }

    [Fact]
    public async Task Stop_ThatThrows_DoesNotKeepTheOthersFromStopping()
    {
        using var service = new SupervisedService(new NoStop(), new ModuleState("Test"), TimeProvider.System, NullLogger<SupervisedService>.Instance);

        await service.StartAsync(Cancel);
        await service.StopAsync(Cancel);
    }

    [Fact]
    public async Task Node_WithAModuleThatCrashes_GoesOnServing()
    {
        using var work = new Work(_ => throw new InvalidOperationException("boom"));
        await using var node = await TestNode.StartAsync(work);
        await work.Runs.ReadAsync(Cancel);

        using var answer = await node.Http.GetAsync("/livez", Cancel);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Work(Func<int, Task> run) : BackgroundService
    {
        private readonly Channel<int> _runs = Channel.CreateUnbounded<int>();
        private int _count;

        public ChannelReader<int> Runs => _runs.Reader;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            _runs.Writer.TryWrite(++_count);
            await run(_count).WaitAsync(stoppingToken);
        }
    }

    private sealed class NoStart(Exception reason) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromException(reason);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoStop : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => throw new IOException("stuck");
    }
}
