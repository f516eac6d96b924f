using Tidegate.Core.Resources;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>The revision a node runs.</summary>
internal sealed record PublishedRevision(long Number, ConfigDocument Document);
