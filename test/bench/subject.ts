/** What a process under load can be asked. */
export type SubjectTasks = {
  url(): string;
  /** Resident memory, in bytes. */
  memory(): number;
  /** Processor time so far of all its threads, in microseconds. */
  processorTime(): number;
};

/** The answers of a process that listens at that address. */
export const subjectTasks = (url: string): SubjectTasks => ({
  url: () => url,
  memory: () => process.memoryUsage.rss(),
  processorTime: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
});
