using System.Runtime.InteropServices;

namespace Tidegate.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks nicely through <see cref="Asked"/>, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Asked => _asked.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _asked.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        if (_asked.IsCancellationRequested) return; // not cancelled: the runtime ends the process, as the person insists
        signal.Cancel = true;
        _asked.Cancel();
    }
}
