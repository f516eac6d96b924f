namespace Tidegate.Core.Ports;

/// <summary>A module that owns state implements this, so that backups can be made and proven without knowing it.</summary>
public interface IDurableState
{
    /// <summary>Product word, unique: <c>revisions</c>, <c>audit</c>, ...</summary>
    string Name { get; }

    /// <summary>Writes everything as JSON lines.</summary>
    Task ExportAsync(Stream destination, CancellationToken cancel);

    /// <summary>Replaces what is there by what the stream holds.</summary>
    Task ImportAsync(Stream source, CancellationToken cancel);

    /// <summary>Checks integrity; empty when sound, else one sentence per problem.</summary>
    Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancel);
}
