namespace Tidegate.Models.Catalogue;

/// <summary>
/// The catalogue in force. Read when somebody asks, and let go again: it is needed when a configuration is taken into force and on pages, not by calls.
/// </summary>
/// <param name="open">Opens another one than the program's own; null where there is none.</param>
public sealed class CatalogueSource(Func<Stream?>? open = null)
{
    private readonly Lock _gate = new();
    private readonly WeakReference<ModelCatalogue> _read = new(null!);
    private int _version;

    /// <summary>Changes when another one comes into force.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Why the other one is not used; null when it is, or when there is none.</summary>
    public string? Problem { get; private set; }

    /// <summary>It is not the one this program came with.</summary>
    public bool IsOther { get; private set; }

    /// <summary>The catalogue.</summary>
    public ModelCatalogue Current
    {
        get
        {
            lock (_gate)
            {
                if (_read.TryGetTarget(out var read)) return read;
                read = Read();
                _read.SetTarget(read);
                return read;
            }
        }
    }

    /// <summary>Another one has been put in place.</summary>
    public void Changed()
    {
        lock (_gate)
        {
            _read.SetTarget(null!);
            _version++;
        }
    }

    private ModelCatalogue Read()
    {
        Problem = null;
        try
        {
            using var other = open?.Invoke();
            IsOther = other is not null;
            if (other is not null) return ModelCatalogue.Read(other);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            (IsOther, Problem) = (false, e.Message);
        }

        using var own = ModelCatalogue.OpenOwn();
        return ModelCatalogue.Read(own);
    }
}
