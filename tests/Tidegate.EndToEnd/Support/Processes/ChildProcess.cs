using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tidegate.EndToEnd.Support.Processes;

/// <summary>A program run beside the test: its streams are kept, it gets signals, and it never outlives the test run.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public Transcript Output { get; } = new();

    public Transcript Errors { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>CPU time used so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program; <paramref name="environment"/> is added to ours, a null value takes a variable out.</summary>
    public static ChildProcess Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? directory = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Output.Add(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Errors.Add(line.Data);
        child._process.Start();
        Reaper.Watch(child.Id);
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    public void Signal(PosixSignal signal) => Send(signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    });

    /// <summary>SIGKILL: no chance to tidy up.</summary>
    public void Kill() => Send(9);

    /// <summary>SIGSTOP, until <see cref="Resume"/>.</summary>
    public void Pause() => Send(19);

    /// <summary>SIGCONT.</summary>
    public void Resume() => Send(18);

    /// <summary>Waits for the end and the last of the output; 128 + n for an end by signal n.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} is still running after {limit.TotalSeconds:0} s. It wrote:\n{Output.Text}\n{Errors.Text}");
        }

        Reaper.Forget(Id);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        Reaper.Forget(Id);
        _process.Dispose();
    }

    private void Send(int signal)
    {
        if (_process.HasExited) throw new InvalidOperationException($"{_process.StartInfo.FileName} has ended with {_process.ExitCode}:\n{Output.Text}\n{Errors.Text}");
        if (NativeKill(Id, signal) != 0) throw new InvalidOperationException($"kill -{signal} {Id}: error {Marshal.GetLastPInvokeError()}");
    }

#pragma warning disable SYSLIB1054 // The source-generated form needs unsafe code in this project.
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int NativeKill(int process, int signal);
#pragma warning restore SYSLIB1054
}
